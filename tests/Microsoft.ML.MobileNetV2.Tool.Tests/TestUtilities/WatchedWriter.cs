using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents a writer that acts when something with a text is written, on the thread that writes it.</summary>
internal sealed class WatchedWriter(string text, Action action) : StringWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(string? value)
    {
        base.Write(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
        {
            action();
        }
    }
}
