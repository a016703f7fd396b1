using System.Globalization;
using Microsoft.ML.MobileNetV2.OnnxConversion;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a step of a pipeline that is to be written as ONNX, with the columns before and after it.</summary>
internal sealed class PipelineStep(int index, ITransformer transformer, DataViewSchema input)
{
    private readonly Lazy<ConvertedStep> _converted = new(() => OwnStep.TryConvert(transformer, ConvertedStep.OutputSuffix) is { } graph
        ? new(NameOf(index, transformer), graph)
        : ConvertedStep.Create(NameOf(index, transformer), transformer, input));

    internal ITransformer Transformer => transformer;

    internal DataViewSchema OutputSchema { get; } = transformer.GetOutputSchema(input);

    /// <summary>Gets the network of a step of this library; null for steps of ML.NET.</summary>
    internal ImageNetworkTransformer? Network { get; } = ModelNetworks.NetworkOf(transformer);

    /// <summary>Lists the steps of a model in their order.</summary>
    internal static IReadOnlyList<PipelineStep> List(ITransformer model, DataViewSchema inputSchema)
    {
        List<PipelineStep> steps = [];
        DataViewSchema schema = inputSchema;
        foreach (ITransformer transformer in ModelNetworks.Flatten(model))
        {
            steps.Add(new(steps.Count + 1, transformer, schema));
            schema = steps[^1].OutputSchema;
        }

        return steps;
    }

    /// <summary>Returns whether the step adds a column of a name, which then hides one that was there before.</summary>
    internal bool Adds(string column) => Count(OutputSchema, column) > Count(input, column);

    /// <exception cref="NotSupportedException">ML.NET cannot convert the step, or not these columns.</exception>
    internal GraphSlice Compute(IReadOnlyCollection<string> columns) => _converted.Value.Compute(columns);

    private static int Count(DataViewSchema schema, string column) => schema.Count(candidate => candidate.Name == column);

    private static string NameOf(int index, ITransformer transformer)
    {
        string type = transformer.GetType().Name.Split('`')[0];
        return string.Create(CultureInfo.InvariantCulture, $"Step {index} of the model, {type},");
    }
}
