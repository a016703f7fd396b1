using System.Buffers.Binary;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Writes checkpoints in the safetensors format, larger data types first, so that all numbers are aligned, then in ordinal order of names.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <param name="stream">The stream to write to.</param>
    /// <param name="checkpoint">The tensors and their metadata.</param>
    /// <param name="matrixType">The data type of tensors with at least two dimensions; vectors are F32.</param>
    internal static void Write(Stream stream, Checkpoint checkpoint, FileDataType matrixType = FileDataType.F32)
    {
        (string Name, WeightTensor Tensor, FileDataType Type)[] tensors = [.. checkpoint.Tensors
            .Select(pair => (pair.Key, pair.Value, Type: pair.Value.Shape.Count > 1 ? matrixType : FileDataType.F32))
            .OrderByDescending(tensor => tensor.Type.ByteSize())
            .ThenBy(tensor => tensor.Key, StringComparer.Ordinal)];
        byte[] header = CreateHeader(tensors, checkpoint.Metadata);
        int padding = (Alignment - header.Length % Alignment) % Alignment;
        Span<byte> lengthField = stackalloc byte[SafetensorsReader.LengthFieldSize];
        BinaryPrimitives.WriteUInt64LittleEndian(lengthField, (ulong)(header.Length + padding));
        stream.Write(lengthField);
        stream.Write(header);
        stream.Write("        "u8[..padding]);
        foreach ((_, WeightTensor tensor, FileDataType type) in tensors)
        {
            stream.Write(type.ToBytes(tensor.Values));
        }
    }

    private static byte[] CreateHeader(
        (string Name, WeightTensor Tensor, FileDataType Type)[] tensors, IReadOnlyDictionary<string, string> metadata)
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
            foreach ((string name, WeightTensor tensor, FileDataType type) in tensors)
            {
                position = WriteEntry(json, name, tensor, type, position);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, WeightTensor tensor, FileDataType type, long begin)
    {
        long end = begin + tensor.Values.LongLength * type.ByteSize();
        json.WriteStartObject(name);
        json.WriteString("dtype", type.ToString());
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
}
