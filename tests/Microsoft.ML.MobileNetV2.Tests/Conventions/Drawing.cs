using System.Reflection;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>The rooms of the library, from the bottom up, with the rooms that each may use: the drawing in docs/architecture.md.</summary>
internal static class Drawing
{
    /// <summary>Gets the rooms that predict. They know neither ML.NET nor ONNX Runtime.</summary>
    internal static IReadOnlyDictionary<string, string[]> Core { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Architecture"] = [],
        ["Numerics"] = [],
        ["OnnxFormat"] = [],
        ["Options"] = [],
        ["Imaging"] = ["Architecture", "Numerics"],
        ["Weights"] = ["Architecture", "Imaging", "Numerics", "OnnxFormat"],
        ["Heads"] = ["Numerics"],
        ["Network"] = ["Architecture", "Heads", "Numerics", "Weights"],
        ["Onnx"] = ["Architecture", "Heads", "Imaging", "Network", "OnnxFormat", "Weights"],
        ["Models"] = ["Heads", "Imaging", "Network", "Onnx", "OnnxFormat", "Options", "Weights"],
        ["Inference"] = ["Architecture", "Imaging", "Network", "Options", "Weights"],
        ["Explanation"] = ["Architecture", "Heads", "Imaging", "Inference", "Network", "Options", "Weights"],
        ["Classification"] = ["Explanation", "Heads", "Imaging", "Inference", "Models", "Network", "Onnx", "Options", "Weights"],
        ["Evaluation"] = ["Classification", "Inference", "Options"],
    };

    /// <summary>Gets the rooms that plug into .NET's hosts, on the public API of the Core alone.</summary>
    internal static IReadOnlyDictionary<string, string[]> Extensions { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Watching"] = [],
        ["Telemetry"] = ["Imaging"],
        ["Embeddings"] = ["Imaging", "Inference", "Weights"],
        ["Serving"] = ["Classification", "Imaging", "Inference", "Network", "Telemetry", "Watching"],
        ["Registration"] = ["Serving", "Telemetry", "Watching"],
    };

    /// <summary>Gets all rooms: the two above, and those that train, run ONNX Runtime, or plug into ML.NET.</summary>
    internal static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(Core.Concat(Extensions), StringComparer.Ordinal)
    {
        ["Keras"] = ["Weights"],
        ["OnnxRuntime"] = ["Network", "Onnx"],
        ["OnnxConversion"] = ["Onnx", "OnnxFormat"],
        ["Training"] = ["Heads", "Numerics", "Options"],
        ["Caching"] = ["Imaging", "Inference", "Network", "Numerics", "Onnx", "Options", "Weights"],
        ["HeadTraining"] = ["Heads", "Numerics", "Options", "Training"],
        ["DataQuality"] = ["Classification", "Heads", "HeadTraining", "Numerics"],
        ["FineTuning"] = ["Architecture", "Heads", "HeadTraining", "Network", "Numerics", "Options", "Training", "Weights"],
        ["Datasets"] = ["Imaging", "Options"],
        ["Transforms"] =
        [
            "Caching", "Classification", "Datasets", "Evaluation", "FineTuning", "HeadTraining", "Heads", "Imaging", "Inference", "Models", "Network", "Numerics", "Onnx",
            "OnnxConversion", "OnnxFormat",
            "Options", "Training",
            "Weights",
        ],
    };

    /// <summary>Gets the assemblies of the projects.</summary>
    internal static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(MobileNetV2Weights).Assembly, typeof(IImageClassifier).Assembly, typeof(MobileNetV2Trainer).Assembly];

    /// <summary>Gets the projects with their rooms.</summary>
    internal static IReadOnlyDictionary<string, IEnumerable<string>> Projects { get; } = new Dictionary<string, IEnumerable<string>>(StringComparer.Ordinal)
    {
        ["Microsoft.ML.MobileNetV2.Core"] = Core.Keys,
        ["Microsoft.ML.MobileNetV2.Extensions"] = Extensions.Keys,
        ["Microsoft.ML.MobileNetV2"] = All.Keys.Except(Core.Keys).Except(Extensions.Keys),
    };
}
