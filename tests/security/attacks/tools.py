"""What an answer can do in its child to talk past the session that serves it: found in its frames."""

TOOLS = """
import os, sys, time
import numpy as np
from inside import codec

def serving():
    frame = sys._getframe()
    while "mark" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals

def say(*message):
    "Write a message past the session, with the mark that it would use."
    data = codec.encode(message)
    raw(codec.HEAD.pack(len(data), serving()["mark"]) + data)

def raw(data):
    view = memoryview(data)
    while view:
        view = view[os.write(serving()["descriptor"], view):]
"""
