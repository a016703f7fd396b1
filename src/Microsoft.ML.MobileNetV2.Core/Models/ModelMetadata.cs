using System.Text.Json;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Provides the metadata of an ONNX model: each value once, and of the expected form.</summary>
internal sealed class ModelMetadata
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A key stands there twice.</exception>
    internal ModelMetadata(ModelProto model)
    {
        foreach (StringStringEntryProto entry in model.MetadataProps)
        {
            if (!_values.TryAdd(entry.Key, entry.Value))
            {
                throw new InvalidDataException($"its metadata has two values for '{entry.Key}'.");
            }
        }
    }

    internal IReadOnlyDictionary<string, string> Values => _values;

    internal bool Contains(string key) => _values.ContainsKey(key);

    /// <exception cref="InvalidDataException">There is no such key.</exception>
    internal string Require(string key) => _values.TryGetValue(key, out string? value)
        ? value
        : throw new InvalidDataException($"its metadata lacks '{key}'.");

    /// <exception cref="InvalidDataException">There is no such key, or its value is not the name of a member.</exception>
    internal T RequireMember<T>(string key)
        where T : struct, Enum => ParseMember<T>(key, Require(key));

    /// <exception cref="InvalidDataException">The text is not the name of a member.</exception>
    internal static T ParseMember<T>(string key, string text)
        where T : struct, Enum => MemberName.TryParse(text, out T member)
            ? member
            : throw new InvalidDataException($"its metadata '{key}' is '{text}'; expected one of {string.Join(", ", Enum.GetNames<T>())}.");

    /// <exception cref="InvalidDataException">There is no such key, or its value is no list of texts.</exception>
    internal string[] RequireTexts(string key)
    {
        try
        {
            return TextList.Read(Require(key));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"its metadata '{key}' is no list of names: {e.Message}", e);
        }
    }
}
