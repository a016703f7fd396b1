using System.Text.Json.Serialization;
using Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Writes answers as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClassificationAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(StartAnswer))]
internal sealed partial class ServingJson : JsonSerializerContext;
