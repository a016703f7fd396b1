namespace TransferLearning;

/// <summary>Holds what was asked for on the command line.</summary>
/// <param name="Folder">Folder of images, one sub-folder a class; null: the sample draws its own.</param>
/// <param name="WeightsPath">File of weights; null: the bundled ones.</param>
/// <param name="OutputPath">Where the model is saved.</param>
/// <param name="IsHelpWanted">Whether only the help is to be printed.</param>
internal sealed record SampleOptions(string? Folder, string? WeightsPath, string OutputPath, bool IsHelpWanted)
{
    /// <summary>Gets the folder that images are drawn into and stay in; null where they are deleted in the end.</summary>
    internal string? DrawingFolder { get; private init; }

    internal const string Help = """
        Trains a classifier for images, saves it, loads it and predicts one image.

        Usage: TransferLearning [<folder of images> | --draw <folder>] [--weights <file>] [--output <file>]

          <folder of images>  One sub-folder a class, each with at least 2 images.
                                Without it, images of damaged surfaces are drawn first, and deleted in the end.
          --draw <folder>       Draws them into this folder, where they stay.
          --weights <file>      MobileNetV2 weights: safetensors, PyTorch, Keras or ONNX. Default: the bundled ones.
          --output <file>       Where the model goes. Default: model.zip
          --help                Prints this.
        """;

    /// <exception cref="UsageException">The arguments cannot be understood.</exception>
    internal static SampleOptions Parse(IReadOnlyList<string> arguments)
    {
        SampleOptions options = new(null, null, "model.zip", false);
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--help" or "-h" => options with { IsHelpWanted = true },
                "--draw" => options with { DrawingFolder = ValueOf(arguments, i++) },
                "--weights" => options with { WeightsPath = ValueOf(arguments, i++) },
                "--output" => options with { OutputPath = ValueOf(arguments, i++) },
                ['-', ..] unknown => throw new UsageException($"There is no option '{unknown}'; --help lists all."),
                "" => throw new UsageException("The folder of images is an empty text."),
                string folder when options.Folder is null => options with { Folder = folder },
                string second => throw new UsageException($"One folder of images is expected, but a second one is given: '{second}'."),
            };
        }

        return options is { Folder: not null, DrawingFolder: not null }
            ? throw new UsageException($"Images are drawn, or those in '{options.Folder}' are used, but not both.")
            : options;
    }

    private static string ValueOf(IReadOnlyList<string> arguments, int index) =>
        index + 1 < arguments.Count && arguments[index + 1] is [not '-', ..] value
            ? value
            : throw new UsageException($"A path is expected behind '{arguments[index]}'.");
}
