using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Writes lists of texts as JSON, and reads them: without a serializer, whose converters take the compiler longer than all other metadata.</summary>
internal static class TextList
{
    internal static string Write(IEnumerable<string> texts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (string text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">The text is no JSON, or no list of texts.</exception>
    internal static string[] Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"Expected a list of texts, not {document.RootElement.ValueKind}.");
        }

        string[] texts = new string[document.RootElement.GetArrayLength()];
        int index = 0;
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            texts[index++] = ReadText(element);
        }

        return texts;
    }

    private static string ReadText(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new JsonException($"Expected a list of texts; it holds {element.ValueKind}.");
        }
        catch (InvalidOperationException e)
        {
            // Half of a character that takes two is valid JSON.
            throw new JsonException(e.Message, e);
        }
    }
}
