using System.Text.Json;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads the members of a JSON object, each once, so that what nobody asked for is found.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _rest = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The element is no object.</exception>
    internal JsonMembers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"Expected an object, not {element.ValueKind}.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            _rest.Add(property.Name, property.Value);
        }
    }

    internal bool Contains(string name) => _rest.ContainsKey(name);

    internal bool IsText(string name, string text) =>
        _rest.TryGetValue(name, out JsonElement element) && element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    internal void Skip(string name) => _rest.Remove(name);

    /// <exception cref="JsonException">It is missing, or no object.</exception>
    internal JsonMembers RequireObject(string name) =>
        _rest.Remove(name, out JsonElement element) ? new(element) : throw new JsonException($"'{name}' is missing.");

    /// <exception cref="JsonException">It is no such number.</exception>
    internal int Int32(string name, int fallback) => !_rest.Remove(name, out JsonElement element)
        ? fallback
        : element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) ? value : throw Invalid(name, element);

    /// <exception cref="JsonException">It is no such number.</exception>
    internal long Int64(string name, long fallback) => !_rest.Remove(name, out JsonElement element)
        ? fallback
        : element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) ? value : throw Invalid(name, element);

    /// <exception cref="JsonException">It is no number.</exception>
    internal float Single(string name, float fallback) => !_rest.Remove(name, out JsonElement element)
        ? fallback
        : element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float value) ? value : throw Invalid(name, element);

    /// <exception cref="JsonException">It is neither true nor false.</exception>
    internal bool Boolean(string name, bool fallback) => !_rest.Remove(name, out JsonElement element)
        ? fallback
        : element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Invalid(name, element);

    /// <summary>Returns the member of an enumeration that is named.</summary>
    /// <exception cref="JsonException">It is no name of a member.</exception>
    internal T Member<T>(string name, T fallback)
        where T : struct, Enum => !_rest.Remove(name, out JsonElement element)
        ? fallback
        : element.ValueKind == JsonValueKind.String && MemberName.TryParse(element.GetString(), out T member) ? member : throw Invalid(name, element);

    /// <exception cref="JsonException">A member was not asked for.</exception>
    internal void RequireNoOther()
    {
        foreach (string name in _rest.Keys)
        {
            throw new JsonException($"'{name}' is not known.");
        }
    }

    private static JsonException Invalid(string name, JsonElement element) => new($"'{name}' cannot be {element.GetRawText()}.");
}
