using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Represents the streams of a process, or those of a test.</summary>
/// <param name="Output">The standard output.</param>
/// <param name="Error">The standard error.</param>
/// <param name="IsOutputInteractive">Whether a person looks at the output.</param>
/// <param name="IsErrorInteractive">Whether a person looks at the errors.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsOutputInteractive, bool IsErrorInteractive)
{
#pragma warning disable RS0030 // The one place that knows the process's console.
    /// <summary>Returns the streams of this process. A reader that closes its end, such as <c>head</c>, is no error.</summary>
    internal static Terminal OfProcess()
    {
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
    }
#pragma warning restore RS0030
}
