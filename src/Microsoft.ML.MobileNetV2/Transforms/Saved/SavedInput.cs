using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Chooses what in a saved featurizer depends on the form of the pictures.</summary>
internal static class SavedInput
{
    /// <summary>Returns a view without rows that has a picture column of the given type.</summary>
    internal static IDataView EmptyView(MLContext context, string columnName, DataViewType type) => PictureForms.Of(type) switch
    {
        PictureForm.Path => EmptyView<SavedPathRow>(context, columnName),
        PictureForm.Image => EmptyView<SavedImageRow>(context, columnName),
        PictureForm.Encoded => EmptyView<SavedEncodedRow>(context, columnName),
        _ => EmptyView<SavedPixelRow>(context, columnName),
    };

    /// <summary>Returns the mapping from picture to network input for a picture column of the given type.</summary>
    internal static IEstimator<ITransformer> Preprocessing(MLContext context, DataViewType type) => PictureForms.Of(type) switch
    {
        PictureForm.Path => Mapping(context, new PathMapping(), SavedMappings.Path),
        PictureForm.Image => Mapping(context, new ImageMapping(), SavedMappings.Image),
        PictureForm.Encoded => Mapping(context, new EncodedMapping(), SavedMappings.Encoded),
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
