using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Info;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>info</c>: the layers of a network, or what a saved model is.</summary>
internal sealed class InfoCommand : ToolCommand
{
    private readonly Argument<string?> _model = new("model") { Description = "A saved model; without one, the network that the options describe.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<float> _width = new("--width") { Description = "The width multiplier.", DefaultValueFactory = _ => 1, CustomParser = NumberParsing.Parse<float> };
    private readonly Option<int> _size = new("--size") { Description = "The input size in pixels.", DefaultValueFactory = _ => 224, CustomParser = NumberParsing.Parse<int> };
    private readonly Option<int> _classes = new("--classes") { Description = "The number of classes; 0 for the backbone alone.", DefaultValueFactory = _ => 1000, CustomParser = NumberParsing.Parse<int> };

    internal InfoCommand()
        : base("info", "Shows the layers of a network with their cost, or what a saved model is.", "mobilenetv2 info --width 0.5 --size 160 --classes 10", "mobilenetv2 info model.zip")
    {
        Add(_model);
        Add(_width);
        Add(_size);
        Add(_classes);
        _width.Require(value => value > 0 && value <= MaxWidth, $"expected more than 0, at most {MaxWidth}");
        _size.RequireBetween(MobileNetV2Architecture.MinInputSize, MobileNetV2Architecture.MaxInputSize);
        _classes.RequireAtLeast(0);
    }

    /// <summary>Gets what is far beyond any published width, and still small enough for every count.</summary>
    private static float MaxWidth => 16;

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        if (arguments.GetValue(_model) is { } path)
        {
            RequireNoArchitecture(arguments);
            Write(SavedModelReader.Read(path), context);
        }
        else
        {
            MobileNetV2Architecture architecture = new(arguments.GetValue(_width));
            Write(ArchitectureResult.Of(architecture, arguments.GetValue(_size), arguments.GetValue(_classes)), context);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private void RequireNoArchitecture(ParseResult arguments)
    {
        Option? given = Array.Find([_width, _size, _classes], (Option option) => arguments.GetResult(option) is { Implicit: false });
        if (given is not null)
        {
            throw CommandException.ForUsage($"{given.Name} does not go with a model, which has its own network. Leave one of them out.");
        }
    }

    private static void Write(ModelResult model, CommandContext context)
    {
        if (context.IsJson)
        {
            context.WriteJson(model, CommandJson.Default.ModelResult);
            return;
        }

        Grid grid = new();
        grid.AddColumns(2);
        PreprocessingResult preprocessing = model.Preprocessing;
        AddRow("model", model.Model);
        AddRow("size", FormattableString.Invariant($"{model.Bytes / 1e6:0.0} MB"));
        AddRow("SHA-256", model.Sha256);
        AddRow("classes", FormattableString.Invariant($"{model.Classes.Count}: {string.Join(", ", model.Classes)}"));
        AddRow("labels", model.LabelMode);
        AddRow("input", FormattableString.Invariant($"{preprocessing.InputSize} × {preprocessing.InputSize} pixels, {preprocessing.Resize}, {preprocessing.Interpolation}"));
        AddRow("weights", model.Weights);
        AddRow("license", model.License);
        AddRow("attribution", model.Attribution);
        context.Human.Write(grid);
        context.WriteLine();
        WriteSums(model.Backbone, context);

        void AddRow(string name, string value)
        {
            if (value.Length > 0)
            {
                grid.AddRow(new Text(name), new Text(Printable.Of(value)));
            }
        }
    }

    private static void Write(ArchitectureResult network, CommandContext context)
    {
        if (context.IsJson)
        {
            context.WriteJson(network, CommandJson.Default.ArchitectureResult);
            return;
        }

        Table table = new Table().Border(TableBorder.Minimal).AddColumns("layer", "kind", "input", "output", "parameters", "multiply-adds");
        table.Columns[4].RightAligned();
        table.Columns[5].RightAligned();
        foreach (LayerResult layer in network.Layers)
        {
            table.AddRow(
                new Text(layer.Name), new Text(layer.Kind), new Text(string.Join(" × ", layer.Input)), new Text(string.Join(" × ", layer.Output)), Count(layer.Parameters), Count(layer.MultiplyAdds));
        }

        context.Human.Write(table);
        WriteSums(network, context);
    }

    private static void WriteSums(ArchitectureResult network, CommandContext context) => context.WriteLine(FormattableString.Invariant(
        $"width {network.WidthMultiplier}, {network.InputSize} pixels, {network.FeatureCount} features, {(network.ClassCount == 0 ? "no head" : $"{network.ClassCount} classes")}: {network.Parameters:N0} parameters, {network.MultiplyAdds:N0} multiply-adds"));

    private static Text Count(long count) => new(count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
}
