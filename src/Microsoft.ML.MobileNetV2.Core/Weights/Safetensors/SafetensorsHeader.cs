using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Parses and checks the JSON header of a safetensors file.</summary>
/// <remarks>The checks are those of the format's specification: no holes, no overlap, sizes that fit the shapes, nothing after the last tensor.</remarks>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private readonly string _source;

    private SafetensorsHeader(string source) => _source = source;

    internal List<SafetensorsEntry> Entries { get; } = [];

    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    internal static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string source)
    {
        SafetensorsHeader header = new(source);
        header.ReadJson(json);
        header.CheckOffsets(dataLength);
        return header;
    }

    private void ReadJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    ReadMetadata(property.Value);
                }
                else
                {
                    Entries.Add(ReadEntry(property));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException and not WeightsFormatException or KeyNotFoundException)
        {
            throw Error(WeightsFormatError.InvalidHeader, "the header is not the JSON that the safetensors format asks for.", e);
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            Metadata[property.Name] = property.Value.GetString() ?? string.Empty;
        }
    }

    private SafetensorsEntry ReadEntry(JsonProperty property)
    {
        string typeName = property.Value.GetProperty("dtype").GetString() ?? string.Empty;
        if (!MemberName.TryParse(typeName, out FileDataType dataType))
        {
            throw Error(
                WeightsFormatError.UnsupportedDataType,
                $"tensor '{property.Name}' has data type '{typeName}'; expected F32, F16, BF16, F64 or I64.");
        }

        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
        {
            throw Error(WeightsFormatError.InvalidOffsets, $"tensor '{property.Name}' has offsets [{string.Join(", ", offsets)}]; expected [begin, end].");
        }

        SafetensorsEntry entry = new(property.Name, dataType, shape, offsets[0], offsets[1]);
        CheckSize(entry);
        return entry;
    }

    private void CheckSize(SafetensorsEntry entry)
    {
        // A shape whose product overflows can never fit a file, so the check needs no larger type than Int128.
        Int128 bytes = entry.DataType.ByteSize();
        foreach (int dimension in entry.Shape)
        {
            bytes = dimension < 0 || bytes > long.MaxValue ? -1 : bytes * dimension;
        }

        if (bytes != entry.ByteCount)
        {
            throw Error(
                WeightsFormatError.SizeMismatch,
                $"tensor '{entry.Name}' of type {entry.DataType} and shape {WeightTensor.Describe(entry.Shape)} does not fit its {entry.ByteCount} bytes.");
        }
    }

    private void CheckOffsets(long dataLength)
    {
        Entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        long position = 0;
        foreach (SafetensorsEntry entry in Entries)
        {
            if (entry.Begin != position)
            {
                string what = entry.Begin < position ? "overlaps the tensor before it" : "leaves a hole before it";
                throw Error(WeightsFormatError.InvalidOffsets, $"tensor '{entry.Name}' begins at byte {entry.Begin} and {what}; expected {position}.");
            }

            position = entry.End;
        }

        if (position != dataLength)
        {
            throw Error(
                position > dataLength ? WeightsFormatError.Truncated : WeightsFormatError.InvalidOffsets,
                $"the header describes {position} bytes of tensors, but the file has {dataLength}. Download or copy the file again.");
        }
    }

    private WeightsFormatException Error(WeightsFormatError error, string message, Exception? cause = null) => new(error, _source, message, cause);
}
