using System.Text.Json.Serialization;
using Microsoft.ML.MobileNetV2.Tool.Commands.Info;
using Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary>Writes the results of commands as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ArchitectureResult))]
[JsonSerializable(typeof(ModelResult))]
[JsonSerializable(typeof(PredictionResult))]
internal sealed partial class CommandJson : JsonSerializerContext;
