using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Turns the telemetry of ONNX Runtime off before its first call, unless the user wants it.</summary>
internal static partial class TelemetrySwitch
{
    /// <summary>The name of the switch of <see cref="AppContext"/> that leaves telemetry on; a released name never changes.</summary>
    internal const string Name = "Microsoft.ML.MobileNetV2.EnableOnnxRuntimeTelemetry";

    /// <summary>The environment variable that ONNX Runtime reads.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    private const string Off = "1";

    /// <summary>Sets the variable where the user has set neither it nor the switch.</summary>
    internal static void Apply()
    {
        if ((AppContext.TryGetSwitch(Name, out bool isEnabled) && isEnabled) || Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }

        Environment.SetEnvironmentVariable(Variable, Off);
        if (!OperatingSystem.IsWindows())
        {
            // Outside of Windows .NET has a copy of the environment of its own, which native code does not see.
            _ = SetNativeVariable(Variable, Off, overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);
}
