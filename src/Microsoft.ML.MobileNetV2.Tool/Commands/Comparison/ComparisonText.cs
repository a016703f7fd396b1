using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;

/// <summary>Writes a comparison.</summary>
internal static class ComparisonText
{
    internal static void Write(ComparisonRow[] rows, CommandContext context)
    {
        if (context.IsJson)
        {
            context.WriteJson(rows, CommandJson.Default.ComparisonRowArray);
            return;
        }

        Table table = new Table().Border(TableBorder.Minimal).AddColumns("", "weights", "pixels", "accuracy", "parameters", "multiply-adds", "model", "one image", "images/s");
        foreach (TableColumn column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (ComparisonRow row in rows)
        {
            table.AddRow(
                new Text(row.IsOnFront ? "*" : string.Empty),
                new Text(Printable.Of(row.Weights)),
                new Text($"{row.InputSize}"),
                new Text($"{row.Accuracy:0.0 %}"),
                new Text($"{row.Parameters:N0}"),
                new Text($"{row.MultiplyAdds:N0}"),
                new Text($"{row.ModelBytes / 1e6:0.0} MB"),
                new Text($"{row.Milliseconds:0.0} ms"),
                new Text($"{row.ImagesPerSecond:0}"));
        }

        context.Human.Write(table);
        context.WriteLine($"accuracy on {rows[0].Count} images that were held out, {rows[0].LeftOut} left out. * nothing cheaper is as accurate");
    }

    /// <summary>Returns the plot of accuracy by multiply-adds.</summary>
    internal static string Draw(ComparisonRow[] rows) => ScatterPlot.Draw(
        "Accuracy by millions of multiply-adds",
        [.. rows.Select(row => new ScatterPlot.Point($"{row.Weights} {row.InputSize}", row.MultiplyAdds / 1e6, row.Accuracy, row.IsOnFront))]);
}
