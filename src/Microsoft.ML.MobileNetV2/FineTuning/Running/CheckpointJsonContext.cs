using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Serializes what stands as JSON in a checkpoint, without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EpochRecord[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class CheckpointJsonContext : JsonSerializerContext;
