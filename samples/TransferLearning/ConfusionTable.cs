using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace TransferLearning;

/// <summary>Writes a confusion matrix as text: a row for each true class, a column for each predicted one.</summary>
internal static class ConfusionTable
{
    private const int MaxNameLength = 24;

    /// <summary>Returns the table. Columns carry the numbers of the classes, so that it stays narrow with many classes of long names.</summary>
    internal static string Format(ConfusionMatrix matrix, IReadOnlyList<string> classNames) => Format(matrix.Counts, classNames);

    /// <param name="counts">Images by true class, then by predicted class.</param>
    /// <param name="classNames">Name of each class.</param>
    internal static string Format(IReadOnlyList<IReadOnlyList<double>> counts, IReadOnlyList<string> classNames)
    {
        int numberWidth = Digits(classNames.Count);
        int nameWidth = Math.Max("truth".Length, classNames.Max(name => Math.Min(MaxNameLength, name.Length)));
        int cellWidth = 1 + Math.Max(2, Math.Max(numberWidth, Digits((int)counts.Max(row => row.Max()))));
        StringBuilder table = new();
        table.Append("truth".PadRight(numberWidth + 1 + nameWidth)).Append(" |");
        for (int i = 1; i <= classNames.Count; i++)
        {
            table.Append(Text(i).PadLeft(cellWidth));
        }

        table.AppendLine(" | found");
        for (int row = 0; row < classNames.Count; row++)
        {
            table.Append(Text(row + 1).PadLeft(numberWidth)).Append(' ').Append(Shorten(classNames[row]).PadRight(nameWidth)).Append(" |");
            foreach (double count in counts[row])
            {
                table.Append((count == 0 ? "." : Text(count)).PadLeft(cellWidth));
            }

            double sum = counts[row].Sum();
            double found = sum == 0 ? 0 : counts[row][row] / sum;
            table.Append(" | ").AppendLine(found.ToString("0 %", CultureInfo.InvariantCulture).PadLeft("found".Length));
        }

        return table.ToString();
    }

    private static string Shorten(string name) => name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength - 1), "…");

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static int Digits(int number) => Text(number).Length;
}
