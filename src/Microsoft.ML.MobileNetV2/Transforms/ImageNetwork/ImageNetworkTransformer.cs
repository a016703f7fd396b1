using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Adds a column with the output of a network for a column of images. Safe to use from several threads.</summary>
internal sealed class ImageNetworkTransformer : ITransformer, IDisposable
{
    private readonly DataViewType _inputType;
    private readonly string _owner;
    private readonly LazyImageEngine _engine;

    /// <param name="settings">The settings.</param>
    /// <param name="inputType">The type of the image column that it was fitted to: a saved model takes this type.</param>
    /// <param name="owner">The name of the public type that the user disposes, for messages.</param>
    internal ImageNetworkTransformer(ImageNetworkSettings settings, DataViewType inputType, string owner)
    {
        Settings = settings;
        _inputType = inputType;
        _owner = owner;
        Policy = new(settings);
        _engine = new(settings.Engine, owner);
    }

    public bool IsRowToRowMapper => true;

    internal ImageNetworkSettings Settings { get; }

    internal UnreadableImagePolicy Policy { get; }

    internal ImageEngine Engine => _engine.Value;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ImageNetworkSchema.Create(inputSchema, Settings);
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ImageNetworkDataView(this, input);
    }

    /// <summary>Returns a transformer with another head on the same network; null for its features.</summary>
    internal ImageNetworkTransformer WithHead(NetworkHead? head) => new(
        Settings with { Engine = Settings.Engine with { Network = Settings.Engine.Network with { Head = head } } }, _inputType, _owner);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ImageNetworkRowMapper(this, inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        // ML.NET's OnnxTransformer keeps its model in a temporary file until it is disposed.
        using TransformerChain<ITransformer> chain = SavedChain.Create(Settings, _inputType);
        ((ICanSaveModel)chain).Save(ctx);
    }

    public void Dispose() => _engine.Dispose();
}
