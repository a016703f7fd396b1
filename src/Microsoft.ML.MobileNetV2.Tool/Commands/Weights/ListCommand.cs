using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights list</c>: the names that <c>--weights</c> takes.</summary>
internal sealed class ListCommand() : ToolCommand("list", "Lists the weights by name.", "mobilenetv2 weights list")
{
    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        CatalogEntryResult[] entries = [.. WeightsChoice.BundledNames.Select(OfBundled), .. WeightsChoice.Downloads.Select(CatalogEntryResult.Of)];
        if (context.IsJson)
        {
            context.WriteJson(entries, CommandJson.Default.CatalogEntryResultArray);
            return Task.FromResult(ExitCode.Done);
        }

        Table table = new Table().Border(TableBorder.Minimal).AddColumns("name", "width", "depth", "pixels", "parameters", "top-1 %", "license");
        foreach (TableColumn column in table.Columns.Skip(1).SkipLast(1))
        {
            column.RightAligned();
        }

        foreach (CatalogEntryResult entry in entries)
        {
            table.AddRow(
                entry.Name, $"{entry.WidthMultiplier}", $"{entry.DepthMultiplier}", $"{entry.InputSize}", $"{entry.Parameters:N0}", $"{entry.Top1:0.0}", entry.License);
        }

        context.Human.Write(table);
        context.WriteLine("The bundled ones are part of the command; the others are downloaded when they are first needed.");
        return Task.FromResult(ExitCode.Done);
    }

    private static CatalogEntryResult OfBundled(string name)
    {
        WeightsDescription description = WeightsChoice.Find(name).Description;
        int inputSize = description.Preprocessing.InputSize;
        long parameters = description.Architecture.GetLayers(inputSize).Sum(layer => layer.ParameterCount + layer.BatchNormParameterCount);
        return new(name, description.Architecture.WidthMultiplier, description.Architecture.DepthMultiplier, inputSize, parameters, null, null, description.License);
    }
}
