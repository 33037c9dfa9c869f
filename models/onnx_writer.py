"""An ONNX file, written directly in the protobuf wire format.

Invariant: the same graph gives the same bytes, whatever the machine and whatever is installed, which is what lets
manifest.json pin the converted models by hash. Knows the few messages that a graph of standard operators needs
(onnx.proto: Model, Graph, Node, Attribute, Tensor, ValueInfo). Does not read, check or optimise models.
"""

import struct

import numpy as np

FLOAT, UINT8, INT8, INT32, INT64, FLOAT16 = 1, 2, 3, 6, 7, 10
TYPES = {"f4": FLOAT, "u1": UINT8, "i1": INT8, "i4": INT32, "i8": INT64, "f2": FLOAT16}
IR_VERSION, OPSET = 9, 18
MICROSOFT = "com.microsoft"


def varint(n):
    out = bytearray()
    n &= (1 << 64) - 1
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(number, value):
    """One field: an int as a varint, text and bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(number, values):
    return b"".join(field(number, v) for v in values)


def attribute(name, value):
    if isinstance(value, float):
        body, kind = varint(2 << 3 | 5) + struct.pack("<f", value), 1
    elif isinstance(value, int):
        body, kind = field(3, value), 2
    else:
        body, kind = fields(8, value), 7
    return field(1, name) + body + field(20, kind)


def tensor(name, array):
    array = np.ascontiguousarray(array)
    kind = TYPES[array.dtype.str[1:]]
    return fields(1, array.shape) + field(2, kind) + field(8, name) + field(9, array.tobytes())


def value_info(name, kind, shape):
    dims = b"".join(field(1, field(1 if isinstance(d, int) else 2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


class Graph:
    """Nodes and constants in the order in which they were added."""

    def __init__(self, name):
        self.name, self.nodes, self.initializers, self.constants = name, [], [], {}
        self.inputs, self.outputs, self.count = [], [], 0

    def input(self, name, kind, shape):
        self.inputs.append(value_info(name, kind, shape))
        return name

    def output(self, name, kind, shape):
        self.outputs.append(value_info(name, kind, shape))

    def weight(self, name, array):
        self.initializers.append(tensor(name, array))
        return name

    def constant(self, value, dtype):
        """A small constant, shared by all who ask for the same value."""
        array = np.array(value, dtype)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = self.weight(f"constant_{len(self.constants)}", array)
        return self.constants[key]

    def add(self, operator, inputs, outputs=1, domain="", **attributes):
        """Adds a node; `outputs` is how many, or the name of the only one. Gives their names."""
        self.count += 1
        names = [outputs] if isinstance(outputs, str) else [f"{operator}_{self.count}_{i}" for i in range(outputs)]
        body = fields(1, inputs) + fields(2, names) + field(3, f"{operator}_{self.count}") + field(4, operator)
        body += fields(5, [attribute(k, attributes[k]) for k in sorted(attributes)]) + field(7, domain)
        self.nodes.append(body)
        return names[0] if len(names) == 1 else names

    def serialize(self):
        graph = fields(1, self.nodes) + field(2, self.name) + fields(5, self.initializers)
        graph += fields(11, self.inputs) + fields(12, self.outputs)
        opsets = [field(1, "") + field(2, OPSET), field(1, MICROSOFT) + field(2, 1)]
        return field(1, IR_VERSION) + field(2, "curio") + field(7, graph) + fields(8, opsets)
