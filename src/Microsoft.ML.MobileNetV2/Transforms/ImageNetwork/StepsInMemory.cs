using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Describes transformers by the columns that they write. ML.NET keeps these to itself, but saves them.</summary>
internal static class StepsInMemory
{
    /// <summary>Returns the steps of transformers in order, those that a transformer of ML.NET keeps inside of itself included.</summary>
    /// <param name="transformers">The transformers.</param>
    /// <param name="networks">Receives the networks among them with their places.</param>
    internal static ModelSteps Describe(IEnumerable<ITransformer> transformers, List<(ImageNetworkTransformer Network, NetworkPlace Place)>? networks = null)
    {
        List<ModelStep> steps = [];
        foreach (ITransformer transformer in transformers)
        {
            if (ModelNetworks.NetworkOf(transformer) is { } network)
            {
                networks?.Add((network, ModelNetworks.PlaceOf(network, steps.Count)));
                steps.Add(ModelStep.Writing(nameof(MobileNetV2), [network.Settings.OutputColumnName]));
            }
            else
            {
                steps.AddRange(DescribeStock(transformer));
            }
        }

        return new(steps);
    }

    private static ModelStep[] DescribeStock(ITransformer transformer)
    {
        ModelStep[] saved = DescribeSaved(transformer);
        return saved.Length > 0 && !Array.Exists(saved, step => step.MayWriteAll)
            ? saved
            : [TryDescribeMapping(transformer) ?? ModelStep.Unknown(transformer.GetType().Name.Split('`')[0])];
    }

    private static ModelStep[] DescribeSaved(ITransformer transformer)
    {
        using MemoryStream stream = new();
        try
        {
            new MLContext().Model.Save(transformer, inputSchema: null, stream);
            stream.Position = 0;
            using ModelArchive archive = new(stream, long.MaxValue);
            return SavedSteps.List(archive, ModelChain.Read(archive));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or NotSupportedException or NotImplementedException or InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>Describes a custom mapping by the columns that it adds to those that it takes.</summary>
    private static ModelStep? TryDescribeMapping(ITransformer transformer)
    {
        Type type = transformer.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(CustomMappingTransformer<,>))
        {
            return null;
        }

        DataViewSchema.Builder taken = new();
        foreach (SchemaDefinition.Column column in SchemaDefinition.Create(type.GenericTypeArguments[0]))
        {
            taken.AddColumn(column.ColumnName, column.ColumnType);
        }

        DataViewSchema input = taken.ToSchema();
        try
        {
            return ModelStep.Writing("CustomMapping", transformer.GetOutputSchema(input).Skip(input.Count).Select(column => column.Name));
        }
        catch (ArgumentException)
        {
            // It takes columns of other names or types than the properties say.
            return null;
        }
    }
}
