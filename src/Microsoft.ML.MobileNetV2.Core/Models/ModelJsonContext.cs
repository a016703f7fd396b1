using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Serializes what travels in a saved model as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SavedSettings))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
