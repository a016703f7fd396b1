using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Adds the output column to a schema.</summary>
internal static class ImageNetworkSchema
{
    internal const string SlotNames = "SlotNames";

    internal static VectorDataViewType OutputType(ImageNetworkSettings settings) => new(NumberDataViewType.Single, settings.Engine.Network.OutputShape.ToImmutableArray());

    /// <summary>Returns <paramref name="input"/> with the output column behind its own columns, whose indices stay as they are.</summary>
    internal static DataViewSchema Create(DataViewSchema input, ImageNetworkSettings settings)
    {
        ImageColumn.Find(input, settings);
        DataViewSchema.Builder builder = new();
        builder.AddColumns(input);
        builder.AddColumn(settings.OutputColumnName, OutputType(settings), Annotations(settings));
        return builder.ToSchema();
    }

    private static DataViewSchema.Annotations? Annotations(ImageNetworkSettings settings)
    {
        IReadOnlyList<string> names = settings.Engine.Network.OutputNames;
        if (names.Count == 0)
        {
            return null;
        }

        ReadOnlyMemory<char>[] values = [.. names.Select(name => name.AsMemory())];
        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(
            SlotNames,
            new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => destination = new(values.Length, values));
        return builder.ToAnnotations();
    }
}
