using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Writes what feature files and unfinished runs say about themselves.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ImagePreprocessing))]
internal sealed partial class FeatureJson : JsonSerializerContext;
