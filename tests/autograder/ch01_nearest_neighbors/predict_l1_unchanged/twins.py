"""The wrong expectations of what leaves L1 as it was."""

from lintutor.autograder import catalogue

unchanged = catalogue.beside(__file__, "unchanged")
REFERENCE, GROUPS = unchanged.reference(1), unchanged.GROUPS
mean_picture_matters = unchanged.twin(1, {0: False})
overall_mean_matters = unchanged.twin(1, {1: False})
pixel_deviation_harmless = unchanged.twin(1, {2: True})
overall_deviation_matters = unchanged.twin(1, {3: False})
rotation_harmless_for_l1 = unchanged.twin(1, {4: True})
every_shift_matters = unchanged.twin(1, {0: False, 1: False})
one_factor_for_all_mistaken = unchanged.twin(1, {2: True, 3: False})
