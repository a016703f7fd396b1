using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Writes pickles as PyTorch does, and ones that it never would.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> _bytes = [];

    internal PickleBytes() => Raw(0x80, 2);

    internal byte[] Stop() => [.. Raw((byte)'.')._bytes];

    internal PickleBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal PickleBytes Raw(string ascii) => Raw(Encoding.ASCII.GetBytes(ascii));

    internal PickleBytes Global(string module, string name) => Raw($"c{module}\n{name}\n");

    internal PickleBytes Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Raw("X").Int32(bytes.Length).Raw(bytes);
    }

    internal PickleBytes Integer(long value) => value is >= int.MinValue and <= int.MaxValue
        ? Raw("J").Int32((int)value)
        : Raw(0x8a, 8).Raw(BitConverter.GetBytes(value));

    internal PickleBytes Tuple(params IEnumerable<long> values)
    {
        Raw("(");
        foreach (long value in values)
        {
            Integer(value);
        }

        return Raw("t");
    }

    /// <summary>Writes the call that makes a tensor; strides as for a tensor without gaps unless given.</summary>
    internal PickleBytes Tensor(
        string key, IReadOnlyList<long> shape, long storageLength, IReadOnlyList<long>? strides = null, long offset = 0, string type = "FloatStorage", bool isLegacy = false)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Raw("((").Text("storage").Global("torch", type).Text(key).Text("cpu").Integer(storageLength);
        Raw(isLegacy ? "NtQ" : "tQ").Integer(offset).Tuple(shape).Tuple(strides ?? Strides(shape));
        return Raw(0x89).Global("collections", "OrderedDict").Raw(")RtR");
    }

    internal PickleBytes Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private static long[] Strides(IReadOnlyList<long> shape)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int i = shape.Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }
}
