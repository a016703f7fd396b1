using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Groups the steps of a network into blocks that run fused.</summary>
internal sealed class BlockPlanner(PaddingConvention padding, int lanes, int inputSize)
{
    private readonly List<BlockPlan> _blocks = [];
    private int _size = inputSize;
    private int _sourceSize;
    private ConvLayer? _produce;
    private ConvLayer? _depthwise;

    internal IReadOnlyList<BlockPlan> Blocks => _blocks;

    internal ConvLayer? Last { get; private set; }

    internal void Add(NetworkStep step)
    {
        switch (step)
        {
            case ConvStep { Role: ConvRole.Stem or ConvRole.Expand } produce:
                _produce = produce.Layer;
                _sourceSize = _size;
                _size = _produce.OutputSize(_size);
                break;
            case ConvStep { Role: ConvRole.Depthwise } depthwise:
                _depthwise = depthwise.Layer;
                break;
            case ConvStep { Role: ConvRole.Project } project:
                AddBlock(project.Layer);
                break;
            case ConvStep last:
                Last = last.Layer;
                break;
            case ShortcutStep:
                _blocks[^1] = _blocks[^1] with { HasShortcut = true };
                break;
        }
    }

    private void AddBlock(ConvLayer project)
    {
        if (_produce is null || _depthwise is null)
        {
            throw new NotSupportedException($"'{project.Name}' projects a map that neither the stem nor an expanding convolution has made.");
        }

        int outputSize = _depthwise.OutputSize(_size);
        int tileRows = TileSize.RowsOf(_size, outputSize, _depthwise, lanes);
        _blocks.Add(new()
        {
            Produce = _produce,
            Depthwise = _depthwise,
            Project = project,
            HasShortcut = false,
            SourceSize = _sourceSize,
            SourcePadding = _produce.Padding(_sourceSize, padding).Before,
            Size = _size,
            OutputSize = outputSize,
            TileRows = tileRows,
            RingRows = TileSize.RingRowsOf(tileRows, _size, _depthwise),
            Padding = _depthwise.Padding(_size, padding),
        });
        _size = outputSize;
        _produce = null;
        _depthwise = null;
    }
}
