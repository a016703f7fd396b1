using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.OnnxConversion;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a step of a pipeline that is to be written as ONNX, with the columns before and after it.</summary>
internal sealed class PipelineStep(int index, ITransformer transformer, DataViewSchema input)
{
    private readonly Lazy<ConvertedStep> _converted = new(() => OwnStep.TryConvert(transformer, ConvertedStep.OutputSuffix) is { } graph
        ? new(NameOf(index, transformer), graph)
        : ConvertedStep.Create(NameOf(index, transformer), transformer, input));

    internal DataViewSchema OutputSchema { get; } = transformer.GetOutputSchema(input);

    /// <summary>Gets the network of a step of this library; null for steps of ML.NET.</summary>
    internal ImageNetworkTransformer? Network { get; } = NetworkOf(transformer);

    /// <summary>Lists the steps of a model in their order.</summary>
    internal static IReadOnlyList<PipelineStep> List(ITransformer model, DataViewSchema inputSchema)
    {
        List<PipelineStep> steps = [];
        DataViewSchema schema = inputSchema;
        foreach (ITransformer transformer in Flatten(model))
        {
            steps.Add(new(steps.Count + 1, transformer, schema));
            schema = steps[^1].OutputSchema;
        }

        return steps;
    }

    /// <summary>Returns whether the step adds a column of a name, which then hides one that was there before.</summary>
    internal bool Adds(string column) => Count(OutputSchema, column) > Count(input, column);

    /// <summary>Requires that the step leaves alone what the network sees.</summary>
    /// <param name="imageColumn">The name of the network's column of images.</param>
    /// <exception cref="NotSupportedException">It makes images of its own.</exception>
    internal void RequireKeepsImages(string imageColumn)
    {
        bool makesImages = Adds(imageColumn) || OutputSchema.Any(column => column.Type is ImageDataViewType && Adds(column.Name));
        if (makesImages && transformer is not (ImageLoadingTransformer or ColumnCopyingTransformer))
        {
            throw new NotSupportedException(
                $"{NameOf(index, transformer)} makes the images that the network sees, which the file would not do. Leave resizing and decoding to the network.");
        }
    }

    /// <exception cref="NotSupportedException">ML.NET cannot convert the step, or not these columns.</exception>
    internal GraphSlice Compute(IReadOnlyCollection<string> columns) => _converted.Value.Compute(columns);

    private static IEnumerable<ITransformer> Flatten(ITransformer model) => model switch
    {
        MobileNetV2PredictionTransformer trained => trained.Parts.SelectMany(Flatten),
        IEnumerable<ITransformer> chain => chain.SelectMany(Flatten),
        _ => [model],
    };

    private static ImageNetworkTransformer? NetworkOf(ITransformer transformer) =>
        transformer as ImageNetworkTransformer ?? (transformer as MobileNetV2FeaturizerTransformer)?.Network;

    private static int Count(DataViewSchema schema, string column) => schema.Count(candidate => candidate.Name == column);

    private static string NameOf(int index, ITransformer transformer)
    {
        string type = transformer.GetType().Name.Split('`')[0];
        return string.Create(CultureInfo.InvariantCulture, $"Step {index} of the model, {type},");
    }
}
