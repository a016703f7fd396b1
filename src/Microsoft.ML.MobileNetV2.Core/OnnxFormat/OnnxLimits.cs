namespace Microsoft.ML.MobileNetV2.OnnxFormat;

/// <summary>Checks what a serialized ONNX model becomes in memory, before it is parsed: an empty node is two bytes in a file and more than a hundred there.</summary>
/// <remarks>The numbers of tensors take no more memory than bytes in the file, so they may be as many as the file has.</remarks>
internal ref struct OnnxLimits
{
    /// <summary>The largest MobileNetV2 that is known has 30,000, the annotations of its shapes included; as many objects as this take some 40 MB.</summary>
    private const int MaxFields = 400_000;

    /// <summary>The most bytes that are not numbers of tensors: names, shapes, text.</summary>
    private const int MaxText = 1 << 24;

    private const int MaxVarintLength = 10;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _fields;
    private long _text;

    private OnnxLimits(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private enum Message
    {
        None,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Value,
        Type,
        TensorType,
        Shape,
        Entry,
    }

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    private readonly bool IsExceeded => _fields > MaxFields || _text > MaxText;

    /// <summary>Returns what a model has more of than any that this library reads; null where it has not.</summary>
    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static string? FindExcess(ReadOnlySpan<byte> model)
    {
        OnnxLimits limits = new(model);
        limits.Visit(Message.Model, model.Length);
        return limits switch
        {
            { _fields: > MaxFields } => $"the ONNX model has more than {MaxFields} fields; no MobileNetV2 needs that many.",
            { _text: > MaxText } => $"the ONNX model has more than {MaxText} bytes of names and text; no MobileNetV2 has that many.",
            _ => null,
        };
    }

    private static Message Child(Message parent, int field) => (parent, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 8 or 14) => Message.Entry,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) or (Message.Attribute, 5) => Message.Tensor,
        (Message.Graph, 11 or 12 or 13) => Message.Value,
        (Message.Node, 5) => Message.Attribute,
        (Message.Value, 2) => Message.Type,
        (Message.Type, 1) => Message.TensorType,
        (Message.TensorType, 2) => Message.Shape,
        _ => Message.None,
    };

    /// <summary>Returns whether a field holds numbers of a tensor: float, raw, double, and float16 as int32.</summary>
    private static bool IsNumbers(Message parent, int field) => parent == Message.Tensor && field is 4 or 5 or 9 or 10;

    private static InvalidDataException Damaged() => new("a field of the ONNX model is not whole.");

    private void Visit(Message message, int end)
    {
        while (_position < end && !IsExceeded)
        {
            ulong tag = ReadVarint(end);
            int field = (int)Math.Min(tag >> 3, int.MaxValue);
            if (field == 0)
            {
                throw Damaged();
            }

            _fields++;
            VisitField(message, field, (WireType)(tag & 7), end);
        }
    }

    private void VisitField(Message message, int field, WireType type, int end)
    {
        switch (type)
        {
            case WireType.Varint:
                ReadVarint(end);
                break;
            case WireType.Fixed64:
                Skip(sizeof(ulong), end);
                break;
            case WireType.Fixed32:
                Skip(sizeof(uint), end);
                break;
            case WireType.Bytes:
                VisitBytes(message, field, end);
                break;
            default:
                throw Damaged();
        }
    }

    private void VisitBytes(Message message, int field, int end)
    {
        ulong length = ReadVarint(end);
        if (length > (ulong)(end - _position))
        {
            throw Damaged();
        }

        if (Child(message, field) is not Message.None and var child)
        {
            Visit(child, _position + (int)length);
            return;
        }

        _text += IsNumbers(message, field) ? 0 : (long)length;
        _position += (int)length;
    }

    private void Skip(int length, int end) => _position = length <= end - _position ? _position + length : throw Damaged();

    private ulong ReadVarint(int end)
    {
        ulong value = 0;
        for (int index = 0; index < MaxVarintLength && _position < end; index++)
        {
            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7f) << (7 * index);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }
}
