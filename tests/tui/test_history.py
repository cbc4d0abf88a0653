from explorer.tui.history import LONGEST, History, Place

A, B, C = Place("a", 1, 0), Place("b", 2, 5), Place("c", 3, 9)


def test_back_and_forward_lead_through_the_same_places():
    history = History()
    history.leave(A)
    history.leave(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert history.back(A) is None
    assert history.forward(A) == B
    assert history.forward(B) == C
    assert history.forward(C) is None


def test_a_new_jump_drops_the_forward_branch():
    history = History()
    history.leave(A)
    assert history.back(B) == A
    history.leave(C)
    assert history.forward(A) is None


def test_the_history_does_not_grow_for_ever():
    history = History()
    for offset in range(LONGEST + 50):
        history.leave(Place("", 1, offset))
    assert sum(1 for _ in iter(lambda: history.back(A), None)) == LONGEST
