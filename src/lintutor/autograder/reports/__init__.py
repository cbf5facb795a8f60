"""What people read: a learner, an instructor, a program that takes the JSON."""
