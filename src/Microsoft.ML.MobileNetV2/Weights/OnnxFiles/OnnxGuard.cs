namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Counts the fields of an ONNX file before it is parsed. A field of two bytes becomes an object of a hundred and more, so a small file could take
/// any amount of memory; the number of fields bounds what the parser makes of it.
/// </summary>
internal sealed class OnnxGuard
{
    /// <summary>The largest MobileNetV2 that is known has 30,000, its shapes' annotations included.</summary>
    private const int MaxFields = 400_000;

    private const int LengthDelimited = 2;
    private readonly byte[] _content;
    private readonly string _source;
    private int _fields;

    private OnnxGuard(byte[] content, string source)
    {
        _content = content;
        _source = source;
    }

    /// <summary>Specifies the messages of the format that hold other messages.</summary>
    private enum Kind
    {
        None,
        Model,
        Graph,
        Node,
        Value,
        Type,
        Shape,
        Leaf,
    }

    internal static void Check(byte[] content, string source) => new OnnxGuard(content, source).Check(0, content.Length, Kind.Model);

    /// <summary>Walks over a message; the depth of the recursion is that of <see cref="Inner"/>. What is damaged is left to the parser.</summary>
    private void Check(int position, int end, Kind kind)
    {
        while (position < end && TryReadNumber(ref position, end, out ulong key))
        {
            if (++_fields > MaxFields)
            {
                throw new WeightsFormatException(
                    WeightsFormatError.SizeMismatch, _source, $"the ONNX file has more than {MaxFields} fields; no MobileNetV2 needs that many.");
            }

            int length = Length(key, ref position, end);
            if (length < 0 || length > end - position)
            {
                return;
            }

            if (Inner(kind, (int)(key >> 3)) is var inner && inner != Kind.None && (key & 7) == LengthDelimited)
            {
                Check(position, position + length, inner);
            }

            position += length;
        }
    }

    /// <summary>Returns the bytes of a field's content, from <paramref name="position"/> on; negative where the file is damaged.</summary>
    private int Length(ulong key, ref int position, int end)
    {
        switch (key & 7)
        {
            case 0:
                return TryReadNumber(ref position, end, out _) ? 0 : -1;
            case 1:
                return sizeof(ulong);
            case LengthDelimited:
                return TryReadNumber(ref position, end, out ulong length) && length <= int.MaxValue ? (int)length : -1;
            case 5:
                return sizeof(uint);
            default:
                return -1;
        }
    }

    private static Kind Inner(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) => Kind.Graph,
        (Kind.Model, 8 or 14) => Kind.Leaf,
        (Kind.Graph, 1) => Kind.Node,
        (Kind.Graph, 5) => Kind.Leaf,
        (Kind.Graph, 11 or 12 or 13) => Kind.Value,
        (Kind.Node, 5) => Kind.Leaf,
        (Kind.Value, 2) => Kind.Type,
        (Kind.Type, 1) => Kind.Shape,
        (Kind.Shape, 2) => Kind.Leaf,
        _ => Kind.None,
    };

    private bool TryReadNumber(ref int position, int end, out ulong number)
    {
        const int MaxBits = 64;
        number = 0;
        for (int shift = 0; position < end && shift < MaxBits; shift += 7)
        {
            byte part = _content[position++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
