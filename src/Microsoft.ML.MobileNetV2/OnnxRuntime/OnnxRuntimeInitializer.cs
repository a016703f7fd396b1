using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Turns ONNX Runtime's telemetry off as soon as the assembly is loaded.</summary>
internal static class OnnxRuntimeInitializer
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "ML.NET's own loader runs ONNX Runtime, and calls nothing of this library before.")]
    internal static void Initialize() => TelemetrySwitch.Apply();
}
