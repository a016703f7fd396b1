using System.Buffers.Binary;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Writes checkpoints in the safetensors format, float32, tensors in ordinal order of their names.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    internal static void Write(Stream stream, Checkpoint checkpoint)
    {
        KeyValuePair<string, WeightTensor>[] tensors = [.. checkpoint.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        byte[] header = CreateHeader(tensors, checkpoint.Metadata);
        int padding = (Alignment - header.Length % Alignment) % Alignment;
        Span<byte> lengthField = stackalloc byte[SafetensorsReader.LengthFieldSize];
        BinaryPrimitives.WriteUInt64LittleEndian(lengthField, (ulong)(header.Length + padding));
        stream.Write(lengthField);
        stream.Write(header);
        stream.Write("        "u8[..padding]);
        foreach ((_, WeightTensor tensor) in tensors)
        {
            WriteValues(stream, tensor.Values);
        }
    }

    private static byte[] CreateHeader(KeyValuePair<string, WeightTensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long position = 0;
            foreach ((string name, WeightTensor tensor) in tensors)
            {
                position = WriteEntry(json, name, tensor, position);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, WeightTensor tensor, long begin)
    {
        long end = begin + tensor.Values.LongLength * sizeof(float);
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (int dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static void WriteValues(Stream stream, float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        stream.Write(bytes);
    }
}
