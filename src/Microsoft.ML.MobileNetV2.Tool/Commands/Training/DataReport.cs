using Microsoft.ML.MobileNetV2.Tool.Shell;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Says which images are trained on, and what is wrong with them.</summary>
internal static class DataReport
{
    internal static void Write(TrainingData data, bool isBalanced, CommandContext context)
    {
        Table table = new Table().Border(TableBorder.Minimal).AddColumns("class", "training", "validation");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        foreach ((string name, int count) in data.Train.ClassCounts)
        {
            table.AddRow(new Text(Printable.Of(name)), new Text($"{count}"), new Text($"{data.Validation?.ClassCounts.GetValueOrDefault(name)}"));
        }

        context.Human.Write(table);
        context.WriteLine($"{data.Train.Images.Count} images of {data.Train.ClassNames.Count} classes to train with, {data.Validation?.Images.Count ?? 0} to measure with");
        foreach (string warning in data.FindWarnings(isBalanced))
        {
            context.Warn(warning);
        }
    }
}
