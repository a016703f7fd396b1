namespace Microsoft.ML.MobileNetV2.OnnxFormat;

/// <summary>Checks what a serialized ONNX model becomes in memory, before it is parsed: an empty node is two bytes in a file and more than a hundred there.</summary>
/// <remarks>The numbers of tensors take no more memory than bytes in the file, so they may be as many as the file has.</remarks>
internal ref struct OnnxLimits
{
    /// <summary>Far above a network of ten times the paper's width and depth; as many objects take some 100 MB.</summary>
    private const int MaxFields = 1 << 20;

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
    }

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <exception cref="InvalidDataException">The model is damaged, or has more parts than any that this library reads.</exception>
    internal static void Require(ReadOnlySpan<byte> model) => new OnnxLimits(model).Visit(Message.Model, model.Length);

    private static Message Child(Message parent, int field) => (parent, field) switch
    {
        (Message.Model, 7) => Message.Graph,
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

    private static InvalidDataException Damaged() => new("the ONNX model is damaged.");

    private void Visit(Message message, int end)
    {
        while (_position < end)
        {
            ulong tag = ReadVarint(end);
            int field = (int)Math.Min(tag >> 3, int.MaxValue);
            if (field == 0 || ++_fields > MaxFields)
            {
                throw field == 0 ? Damaged() : new InvalidDataException($"the ONNX model has more than {MaxFields} parts; no MobileNetV2 is that large.");
            }

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
        if (_text > MaxText)
        {
            throw new InvalidDataException($"the ONNX model has more than {MaxText} bytes of names and text; no MobileNetV2 has that many.");
        }

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
