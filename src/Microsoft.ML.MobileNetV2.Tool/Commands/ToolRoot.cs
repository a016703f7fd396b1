using System.CommandLine;
using System.CommandLine.Help;
using Microsoft.ML.MobileNetV2.Tool.Commands.Weights;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary>Lists the commands.</summary>
internal static class ToolRoot
{
    /// <summary>Returns the command line with all commands.</summary>
    internal static RootCommand Create()
    {
        RootCommand root = new("Trains, evaluates and applies image classifiers on MobileNetV2, offline. One sub-folder of images a class is all that it needs.")
        {
            GlobalOptions.Json,
            GlobalOptions.Verbose,
            new TrainCommand(),
            new EvaluateCommand(),
            new PredictCommand(),
            new CompareCommand(),
            new CleanCommand(),
            new FeaturizeCommand(),
            new MergeCommand(),
            new ExportCommand(),
            new InfoCommand(),
            new WeightsCommandGroup(),
            new ServeCommand(),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelpAction((HelpAction)help.Action!);
        CommonChecks.Add(root);
        return root;
    }
}
