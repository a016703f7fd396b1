using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Serializes what stands as JSON in the metadata of a file of weights, without reflection.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class WeightsJsonContext : JsonSerializerContext;
