using System.Text;
using System.Threading.Channels;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents a stream of a process whose lines can be awaited.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _line = new();
    private readonly Lock _lock = new();

    public override Encoding Encoding => Encoding.UTF8;

    internal ValueTask<string> ReadLineAsync(CancellationToken end) => _lines.Reader.ReadAsync(end);

    /// <summary>Returns how many lines wait to be read.</summary>
    internal int Count => _lines.Reader.Count;

    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value == '\n')
            {
                _lines.Writer.TryWrite(_line.ToString());
                _line.Clear();
            }
            else
            {
                _line.Append(value);
            }
        }
    }
}
