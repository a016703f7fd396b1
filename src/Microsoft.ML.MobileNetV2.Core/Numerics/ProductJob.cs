using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Computes one pass of a matrix product: first the panels are packed, then the tiles are multiplied.</summary>
internal sealed unsafe class ProductJob : ParallelJob
{
    private const int Packing = 0;
    private const int Multiplying = 1;

    /// <summary>Parts for each thread, so that a thread that is held up does not hold up the others.</summary>
    private const int PartsPerThread = 4;

    private const int MaxTileRows = 16 * ProductKernel.Rows;
    private const int MaxTilePanels = 16;

    private static readonly ObjectPool<ProductJob> Pool = new(() => new());

    // A helper that comes late still holds the job, but the panels are free as soon as the product is done.
    private static readonly ObjectPool<PackedPanels> PanelPool = new(() => new());

    private PackedPanels _packed = null!;
    private ProductPass _pass;
    private int _packingParts;
    private int _tilePanels;
    private int _tileRows;
    private int _rowTiles;

    private ProductJob()
    {
    }

    internal static void Multiply(in ProductPass pass, int threadCount) => Pool.Take().Run(pass, threadCount);

    protected override (int Phase, int Part) Locate(int number) =>
        number < _packingParts ? (Packing, number) : (Multiplying, number - _packingParts);

    protected override void RunPart(int phase, int part)
    {
        if (phase == Packing)
        {
            _packed.Pack(_pass, part, _packingParts);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            MultiplyTile<SimdVector512>(part);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MultiplyTile<SimdVector256>(part);
        }
        else
        {
            MultiplyTile<SimdVector128>(part);
        }
    }

    protected override void Recycle() => Pool.Return(this);

    private void Run(in ProductPass pass, int threadCount)
    {
        _pass = pass;
        _packed = PanelPool.Take();
        _packed.Reserve(pass);
        _packingParts = Math.Min(_packed.PanelCount, threadCount == 1 ? 1 : PartsPerThread * threadCount);
        int tiles = PlanTiles(threadCount == 1 ? 1 : PartsPerThread * threadCount);
        Open(threadCount);
        RunPhase(_packingParts);
        RunPhase(tiles);
        PanelPool.Return(_packed);
        Close();
    }

    /// <summary>Halves the tiles until there are enough of them for all threads.</summary>
    private int PlanTiles(int wanted)
    {
        _tileRows = MaxTileRows;
        _tilePanels = MaxTilePanels;
        while (CountTiles() < wanted && (_tilePanels > 2 || _tileRows > 4 * ProductKernel.Rows))
        {
            if (_tilePanels > 2)
            {
                _tilePanels /= 2;
            }
            else
            {
                _tileRows /= 2;
            }
        }

        return CountTiles();
    }

    private int CountTiles()
    {
        _rowTiles = DivideUp(_pass.Rows, _tileRows);
        return _rowTiles * DivideUp(_packed.BPanelCount, _tilePanels);
    }

    private void MultiplyTile<T>(int tile)
        where T : struct, ISimdVector<T>
    {
        int firstRow = tile % _rowTiles * _tileRows;
        int firstPanel = tile / _rowTiles * _tilePanels;
        int endRow = Math.Min(firstRow + _tileRows, _pass.Rows);
        int endPanel = Math.Min(firstPanel + _tilePanels, _packed.BPanelCount);
        for (int start = 0; start < _pass.Depth; start += ProductPass.DepthBlock)
        {
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                MultiplyPanel<T>(start, panel, firstRow, endRow);
            }
        }
    }

    private void MultiplyPanel<T>(int start, int panel, int firstRow, int endRow)
        where T : struct, ISimdVector<T>
    {
        int depth = Math.Min(ProductPass.DepthBlock, _pass.Depth - start);
        int firstColumn = panel * PackedPanels.BWidth;
        bool accumulate = _pass.IsAdded || start > 0;
        bool isWide = firstColumn + PackedPanels.BWidth <= _pass.Columns;
        float* b = _packed.B(panel, start);
        for (int row = firstRow; row < endRow; row += ProductKernel.Rows)
        {
            float* a = _packed.A(row / ProductKernel.Rows, start);
            float* c = _pass.C + row * _pass.CRowStride + firstColumn;
            if (isWide && row + ProductKernel.Rows <= _pass.Rows)
            {
                ProductKernel.Run<T>(depth, a, b, c, _pass.CRowStride, accumulate);
            }
            else
            {
                MultiplyAtTheEdge<T>(depth, a, b, c, _pass.Rows - row, _pass.Columns - firstColumn, accumulate);
            }
        }
    }

    /// <summary>Computes a whole tile aside, and copies the part of it that C has.</summary>
    private void MultiplyAtTheEdge<T>(int depth, float* a, float* b, float* c, int rows, int columns, bool accumulate)
        where T : struct, ISimdVector<T>
    {
        float* tile = stackalloc float[ProductKernel.Rows * PackedPanels.MaxBWidth];
        ProductKernel.Run<T>(depth, a, b, tile, PackedPanels.BWidth, accumulate: false);
        for (int row = 0; row < Math.Min(rows, ProductKernel.Rows); row++)
        {
            for (int column = 0; column < Math.Min(columns, PackedPanels.BWidth); column++)
            {
                float* target = c + row * _pass.CRowStride + column;
                *target = tile[row * PackedPanels.BWidth + column] + (accumulate ? *target : 0);
            }
        }
    }

    private static int DivideUp(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
