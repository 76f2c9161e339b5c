"""What a plan may act on where the answers differ: the safe side, and who is nearest."""

from takatuf.picture.belief import Answer
from takatuf.picture.weighing.settling import Case
from takatuf.vocabulary.quantity import Amount, in_first_unit
from takatuf.vocabulary.things.schema import ValueType, Weighing
from takatuf.vocabulary.value import Token, Value


def act_on(case: Case, value: Value | None) -> Value | None:
    """Return the value to act on, or None where the property asks for a declared assumption.

    A cautious property takes the answer that errs to safety: the first of its words, the
    largest amount. Where the vocabulary names methods that are nearest to the matter (a
    sensor, the people at the tap), their answers alone are looked at, if there are any.
    """
    declared = case.declared
    stated = [answer for answer in case.answers if not answer.is_denial]
    near = [answer for answer in stated if _is_near(answer, declared.nearest_methods)]
    if declared.weighing is not Weighing.CAUTIOUS:
        return near[0].value if value is None and len(near) == 1 else value
    nearest = near or stated
    if declared.type is ValueType.AMOUNT:  # the most people in need, the most work to do
        amounts = [answer.value for answer in nearest if isinstance(answer.value, Amount)]
        return max(amounts, key=lambda amount: in_first_unit(amount) or 0.0, default=None)
    said = {answer.value.word for answer in nearest if isinstance(answer.value, Token)}
    return next((Token(word) for word in declared.words if word in said), value)


def _is_near(answer: Answer, methods: tuple[str, ...]) -> bool:
    return any(s.source.method in methods for s in answer.statements)
