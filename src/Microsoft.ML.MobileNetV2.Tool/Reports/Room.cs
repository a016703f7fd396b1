using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Keeps a part of a report within a number of bytes, whatever the names of files and classes are like.</summary>
internal static class Room
{
    /// <summary>Appends items as long as there is room.</summary>
    /// <param name="html">What they are appended to.</param>
    /// <param name="items">The items, the most important first.</param>
    /// <param name="bytes">The room for all of them.</param>
    /// <returns>How many are left out.</returns>
    internal static int Fill(StringBuilder html, IEnumerable<string> items, long bytes)
    {
        int leftOut = 0;
        foreach (string item in items)
        {
            long length = Encoding.UTF8.GetByteCount(item);
            if (leftOut > 0 || length > bytes)
            {
                leftOut++;
                continue;
            }

            bytes -= length;
            html.Append(item);
        }

        return leftOut;
    }

    /// <summary>Returns the number of bytes of what a report has by now.</summary>
    internal static long BytesOf(StringBuilder html)
    {
        long bytes = 0;
        foreach (ReadOnlyMemory<char> chunk in html.GetChunks())
        {
            bytes += Encoding.UTF8.GetByteCount(chunk.Span);
        }

        return bytes;
    }
}
