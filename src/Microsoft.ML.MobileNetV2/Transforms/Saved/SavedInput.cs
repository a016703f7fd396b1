using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Chooses what in a saved featurizer depends on the form of the images.</summary>
internal static class SavedInput
{
    /// <summary>Returns a view without rows that has an image column of the given type.</summary>
    internal static IDataView EmptyView(MLContext context, string columnName, DataViewType type) => ImageColumn.KindOf(type) switch
    {
        ImageSourceKind.Path => EmptyView<SavedRow<ReadOnlyMemory<char>>>(context, columnName),
        ImageSourceKind.Image => EmptyView<SavedImageRow>(context, columnName),
        ImageSourceKind.Encoded => EmptyView<SavedRow<VBuffer<byte>>>(context, columnName),
        _ => EmptyView<SavedRow<VBuffer<float>>>(context, columnName),
    };

    /// <summary>Returns the mapping from image to network input for an image column of the given type.</summary>
    internal static IEstimator<ITransformer> Preprocessing(MLContext context, DataViewType type) => ImageColumn.KindOf(type) switch
    {
        ImageSourceKind.Path => Mapping(context, new PathMapping(), SavedMappings.Path),
        ImageSourceKind.Image => Mapping(context, new ImageMapping(), SavedMappings.Image),
        ImageSourceKind.Encoded => Mapping(context, new EncodedMapping(), SavedMappings.Encoded),
        _ => Mapping(context, new PixelMapping(), SavedMappings.Pixels),
    };

    private static IDataView EmptyView<TRow>(MLContext context, string columnName)
        where TRow : SettingsRow
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(TRow));
        definition.Remove(definition[SavedColumns.Settings]);
        definition[SavedColumns.Image].ColumnName = columnName;
        return context.Data.LoadFromEnumerable(Array.Empty<TRow>(), definition);
    }

    private static CustomMappingEstimator<TRow, NetworkInputRow> Mapping<TRow>(
        MLContext context, CustomMappingFactory<TRow, NetworkInputRow> factory, string contractName)
        where TRow : SettingsRow, new() =>
        context.Transforms.CustomMapping(factory.GetMapping(), contractName);
}
