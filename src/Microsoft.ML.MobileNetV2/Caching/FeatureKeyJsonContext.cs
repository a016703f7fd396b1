using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Serializes the settings that features depend on, without reflection. The text is part of the key of cached features.</summary>
[JsonSerializable(typeof(ImagePreprocessing))]
[JsonSerializable(typeof(ImageDecodingOptions))]
internal sealed partial class FeatureKeyJsonContext : JsonSerializerContext;
