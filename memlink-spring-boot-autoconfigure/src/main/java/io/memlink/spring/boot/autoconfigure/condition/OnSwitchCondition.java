package io.memlink.spring.boot.autoconfigure.condition;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition that binds a property as settings are bound.
 */
final class OnSwitchCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSwitch> wanted = metadata.getAnnotations().get(ConditionalOnSwitch.class);
        String name = wanted.getString("value");
        boolean on = Binder.get(context.getEnvironment())
            .bind(name, Boolean.class)
            .orElse(wanted.getBoolean("byDefault"));
        return new ConditionOutcome(on == wanted.getBoolean("on"),
                ConditionMessage.forCondition(ConditionalOnSwitch.class).because(name + " is " + (on ? "on" : "off")));
    }

}
