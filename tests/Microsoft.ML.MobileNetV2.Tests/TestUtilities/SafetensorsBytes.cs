using System.Buffers.Binary;
using System.Text;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes files in the safetensors format, wrong ones included.</summary>
internal static class SafetensorsBytes
{
    internal static byte[] Create(string header, int dataLength = 0) => Create(header, (ulong)Encoding.UTF8.GetByteCount(header), dataLength);

    internal static byte[] Create(string header, ulong headerLength, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, headerLength);
        json.CopyTo(file.AsSpan(8));
        return file;
    }

    internal static string Entry(string name, string shape, string offsets, string dataType = "F32") =>
        $$"""
        "{{name}}":{"dtype":"{{dataType}}","shape":{{shape}},"data_offsets":{{offsets}}}
        """;

    internal static byte[] From(Checkpoint checkpoint)
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, checkpoint);
        return stream.ToArray();
    }

    internal static MobileNetV2Weights Load(byte[] file, string name = "x.safetensors")
    {
        using MemoryStream stream = new(file);
        return MobileNetV2Weights.FromStream(stream, name);
    }

    internal static Checkpoint Read(byte[] file, string name = "x.safetensors")
    {
        using MemoryStream stream = new(file);
        return SafetensorsReader.Read(stream, name);
    }
}
