"""The mistakes in the loss of ``LinearSVM``: those of every classifier, with the hinge."""

from lintutor.autograder import catalogue

classifiers = catalogue.beside(__file__, "classifier_twins")
losses = catalogue.beside(__file__, "linear_losses")
GROUPS = classifiers.GROUPS
globals().update(classifiers.twins(right=losses.hinge, other=losses.cross_entropy))
