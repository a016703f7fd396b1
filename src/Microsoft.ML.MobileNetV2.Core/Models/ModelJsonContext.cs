using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Serializes what travels in a saved model as JSON, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
