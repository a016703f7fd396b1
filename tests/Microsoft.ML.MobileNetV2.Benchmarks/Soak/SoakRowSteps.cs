namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Draws ML.NET's steps that choose, order and keep rows, one before the model and one behind it.</summary>
internal sealed class SoakRowSteps
{
    private readonly MLContext _context;
    private readonly (string Name, int First, int Last, int Seed) _before;
    private readonly (string Name, int First, int Last, int Seed) _after;

    internal SoakRowSteps(MLContext context, Random random, int count)
    {
        _context = context;
        _before = Draw(random, 0, count);
        _after = Draw(random, _before.First, _before.Last);
    }

    /// <summary>Gets the number of rows that are left.</summary>
    internal int Count => _after.Last - _after.First;

    internal IDataView Before(IDataView rows) => Apply(_before, rows);

    internal IDataView After(IDataView rows) => Apply(_after, rows);

    public override string ToString() => $"rows {_before.Name} [{_before.First}, {_before.Last}) then {_after.Name} [{_after.First}, {_after.Last})";

    private static (string Name, int First, int Last, int Seed) Draw(Random random, int first, int last) => random.Next(5) switch
    {
        0 => ("shuffle", first, last, random.Next()),
        1 => ("cache", first, last, 0),
        2 when first < last => ("filter", random.Next(first, last), last, 0),
        3 when first < last => ("filter", first, random.Next(first, last) + 1, 0),
        _ => ("all", first, last, 0),
    };

    private IDataView Apply((string Name, int First, int Last, int Seed) step, IDataView rows) => step.Name switch
    {
        "shuffle" => _context.Data.ShuffleRows(rows, step.Seed),
        "cache" => _context.Data.Cache(rows),
        "filter" => _context.Data.FilterRowsByColumn(rows, nameof(SoakRow.Number), step.First, step.Last),
        _ => rows,
    };
}
