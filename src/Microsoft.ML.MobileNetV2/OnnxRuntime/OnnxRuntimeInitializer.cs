using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Makes ONNX Runtime the default runtime as soon as the assembly is loaded.</summary>
internal static class OnnxRuntimeInitializer
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Inference must not refer to this room, and no caller has a reason to call into it first.")]
    internal static void Initialize() => InferenceRuntime.Default = new OnnxInferenceRuntime();
}
