using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Starts the small programs that stand beside the tests.</summary>
internal static class ChildProgram
{
    /// <summary>Returns how to start a program of the build that the tests run from, with its output to be read and its input open.</summary>
    internal static ProcessStartInfo Create(string name, params string[] arguments)
    {
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = Path.Combine(configuration.Parent!.Parent!.FullName, name, configuration.Name, $"{name}.dll");
        return new("dotnet", ["exec", program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    }
}
