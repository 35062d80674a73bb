package io.memlink.sample;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/**
 * HTTP interface of the catalogue. Safe for use by many threads.
 */
@RestController
@RequestMapping("/products")
class ProductController {

    private final ProductCatalogue catalogue;

    ProductController(ProductCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping("/{id}")
    Product find(@PathVariable long id) {
        Product product = this.catalogue.find(checked(id));
        if (product == null) {
            throw notFound(id);
        }
        return product;
    }

    @GetMapping("/bestsellers")
    Bestsellers bestsellers() {
        return this.catalogue.bestsellers();
    }

    @PutMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(@PathVariable long id, @RequestBody ProductChange change) {
        if (!this.catalogue.change(checked(id), change.validName(), change.validPrice())) {
            throw notFound(id);
        }
    }

    @DeleteMapping("/cache")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgetAll() {
        this.catalogue.forgetAll();
    }

    private static long checked(long id) {
        if (id < 1) {
            throw new InvalidInputException("id", id, "1 or more");
        }
        return id;
    }

    private static ResponseStatusException notFound(long id) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no product " + id);
    }

    @ExceptionHandler
    ProblemDetail explain(InvalidInputException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail explain(MethodArgumentTypeMismatchException ex) {
        return explain(new InvalidInputException(ex.getName(), ex.getValue(), "a whole number"));
    }

    @ExceptionHandler({ DataAccessException.class, TransactionException.class })
    ProblemDetail explainDatabase() {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer");
    }

    // The parser's own words tell more about this program than about the mistake.
    @ExceptionHandler
    ProblemDetail explain(HttpMessageNotReadableException ex) {
        return explain(new InvalidInputException("body", "not readable",
                "JSON such as {\"name\": \"Oak table\", \"price\": 249.90}"));
    }

}
