"""The wrong expectations of what leaves L2 as it was."""

from lintutor.autograder import catalogue

unchanged = catalogue.beside(__file__, "unchanged")
REFERENCE, GROUPS = unchanged.reference(2), unchanged.GROUPS
mean_picture_matters = unchanged.twin(2, {0: False})
overall_mean_matters = unchanged.twin(2, {1: False})
pixel_deviation_harmless = unchanged.twin(2, {2: True})
overall_deviation_matters = unchanged.twin(2, {3: False})
rotation_matters_for_l2 = unchanged.twin(2, {4: False})
every_shift_matters = unchanged.twin(2, {0: False, 1: False})
one_factor_for_all_mistaken = unchanged.twin(2, {2: True, 3: False})
