package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Answers of Memlink's endpoints to requests that they refuse: status 400 and the reason,
 * which Spring Boot shows to nobody. An operation that changes something refuses
 * parameters that it does not know too; they would be ignored otherwise.
 */
final class RefusalAdvisor implements OperationInvokerAdvisor {

    private static final Set<EndpointId> ENDPOINTS = Set.of(EndpointId.of("memlink"), EndpointId.of("memlinkadmin"));

    @Override
    public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
            OperationInvoker invoker) {
        if (!ENDPOINTS.contains(endpointId)) {
            return invoker;
        }
        Set<String> known = new TreeSet<>();
        parameters.forEach((parameter) -> known.add(parameter.getName()));
        return (context) -> {
            Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
            unknown.removeAll(known);
            if (operationType == OperationType.WRITE && !unknown.isEmpty()) {
                return refusal("parameters: " + unknown + " (expected: some of " + known + ")");
            }
            try {
                return invoker.invoke(context);
            }
            catch (ParameterMappingException ex) {
                return refusal(ex.getParameter().getName() + ": " + ex.getValue() + " (expected: "
                        + ex.getParameter().getType().getSimpleName() + ")");
            }
            catch (InvalidEndpointRequestException ex) {
                return refusal(ex.getReason());
            }
        };
    }

    private static WebEndpointResponse<Refusal> refusal(@Nullable String reason) {
        return new WebEndpointResponse<>(new Refusal(reason), WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    /**
     * Body of the answer.
     *
     * @param reason what is wrong, and what was expected
     */
    record Refusal(@Nullable String reason) {

    }

}
