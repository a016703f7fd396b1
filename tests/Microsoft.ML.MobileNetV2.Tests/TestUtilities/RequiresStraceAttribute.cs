using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Skips a test, with the reason, where system calls cannot be watched.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class RequiresStraceAttribute : ConditionBaseAttribute
{
    private static readonly Lazy<bool> IsWorking = new(TryTrace);

    public RequiresStraceAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Needs Linux on x64, the program strace, and the right to trace processes.";

    public override bool IsConditionMet =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 && IsWorking.Value;

    public override string GroupName => nameof(RequiresStraceAttribute);

    private static bool TryTrace()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
