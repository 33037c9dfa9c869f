/** A small library to look at the window with. Development only; never in the product. */
import type { ItemView, Kind } from '../lib/types';

type Row = [kind: Kind, year: number, title: string, creators: string, people: string, genres: string, tags: string, language: string, popularity: number, rating: number, description: string];

const ROWS: Row[] = [
  ['film', 1972, 'Solaris', 'Andrei Tarkovsky', 'Donatas Banionis; Natalya Bondarchuk', 'Science fiction; Drama', 'space; memory; grief', 'ru', 8100, 4.1, 'A psychologist is sent to a station above a living ocean that answers those who watch it with their own memories.'],
  ['film', 1979, 'Stalker', 'Andrei Tarkovsky', 'Alexander Kaidanovsky', 'Science fiction; Drama', 'journey; faith; ruins', 'ru', 7900, 4.2, 'Three men walk through a forbidden zone towards a room where wishes are said to come true.'],
  ['film', 1927, 'Metropolis', 'Fritz Lang', 'Brigitte Helm', 'Science fiction', 'city; machines; class', 'de', 9200, 4.2, 'In a city of towers and tunnels, the son of its master follows a preacher below the ground.'],
  ['film', 1954, '七人の侍', '黒澤明', '三船敏郎; 志村喬', 'Adventure; Drama', 'village; honour', 'ja', 9900, 4.5, '村を守るため、百姓たちは七人の侍を雇う。'],
  ['film', 1968, '2001: A Space Odyssey', 'Stanley Kubrick', 'Keir Dullea', 'Science fiction', 'space; evolution; machines', 'en', 12800, 4.2, 'From the first tool to a voyage beyond Jupiter, with a calm voice in the machine.'],
  ['film', 1982, 'Blade Runner', 'Ridley Scott', 'Harrison Ford; Rutger Hauer', 'Science fiction; Crime', 'city; memory; machines', 'en', 13300, 4.1, 'A tired hunter of artificial people begins to doubt what makes them different.'],
  ['film', 1941, 'Citizen Kane', 'Orson Welles', 'Joseph Cotten', 'Drama', 'newspaper; memory', 'en', 11900, 4.1, 'A reporter pieces together the life of a magnate from those who knew him.'],
  ['film', 1988, 'となりのトトロ', '宮崎駿', '', 'Animation; Family', 'forest; childhood', 'ja', 10100, 4.3, '田舎に越してきた姉妹が、森の主と出会う。'],
  ['film', 1994, '重庆森林', '王家卫', '梁朝伟; 林青霞', 'Romance; Drama', 'city; solitude', 'zh', 8700, 4.1, '两个警察，两段错过的恋情，一座不肯入睡的城市。'],
  ['film', 1959, 'Some Like It Hot', 'Billy Wilder', 'Marilyn Monroe; Jack Lemmon', 'Comedy; Romance', 'disguise; music', 'en', 9300, 4.1, 'Two musicians on the run hide in an all-women band.'],
  ['book', 1818, 'Frankenstein; or, The Modern Prometheus', 'Mary Shelley', '', 'Horror; Science fiction', 'creation; solitude', 'en', 8800, 3.9, 'A young scholar makes a living being and cannot bear to look at it.'],
  ['book', 1791, '红楼梦', '曹雪芹', '', 'Classic; Romance', 'family; dream', 'zh', 9100, 4.6, '一个大家族的盛衰，与其中少男少女的情与梦。'],
  ['book', 1866, 'Преступление и наказание', 'Фёдор Достоевский', '', 'Crime; Classic', 'guilt; city', 'ru', 9700, 4.3, 'Бедный студент решается на убийство и не может жить с тем, что сделал.'],
  ['book', 1605, 'El ingenioso hidalgo don Quijote de la Mancha', 'Miguel de Cervantes', '', 'Comedy; Classic', 'knights; journey', 'es', 9000, 4.2, 'Un hidalgo que ha leído demasiado sale a enderezar entuertos.'],
  ['book', 1898, 'The War of the Worlds', 'H. G. Wells', '', 'Science fiction', 'invasion; machines', 'en', 7600, 3.9, 'Cylinders fall on the heath, and what climbs out of them has no use for us.'],
  ['book', 1895, 'The Time Machine', 'H. G. Wells', '', 'Science fiction', 'future; class', 'en', 7500, 3.9, 'A traveller returns from a distant age with a flower and a warning.'],
  ['book', 1932, 'Brave New World', 'Aldous Huxley', '', 'Science fiction', 'future; class; happiness', 'en', 9400, 4.0, 'Everyone is content, and nobody may be otherwise.'],
  ['book', 1200, 'ألف ليلة وليلة', '', '', 'Fantasy; Classic', 'tales; night', 'ar', 6900, 4.1, 'حكايات ترويها شهرزاد ليلة بعد ليلة لتنجو من الموت.'],
  ['book', 1813, 'Pride and Prejudice', 'Jane Austen', '', 'Romance; Comedy; Classic', 'marriage; class', 'en', 11800, 4.3, 'Elizabeth Bennet misjudges a proud man, and he her.'],
  ['book', 1915, 'Die Verwandlung', 'Franz Kafka', '', 'Fantasy; Classic', 'family; solitude', 'de', 8300, 3.9, 'Gregor Samsa erwacht eines Morgens als Ungeziefer, und die Familie muss weiterleben.'],
  ['music', 1959, 'Kind of Blue', 'Miles Davis', 'John Coltrane; Bill Evans', 'Jazz', 'modal; night', 'en', 9800, 4.8, 'Five sketches played almost as they were found.'],
  ['music', 1965, 'A Love Supreme', 'John Coltrane', 'McCoy Tyner; Elvin Jones', 'Jazz', 'faith; modal', 'en', 8200, 4.7, 'A prayer in four movements.'],
  ['music', 1741, 'Goldberg-Variationen', 'Johann Sebastian Bach', '', 'Classical', 'variations; keyboard', 'de', 7100, 4.7, 'Eine Aria und dreißig Veränderungen, die zu ihr zurückführen.'],
  ['music', 1978, 'Music for Airports', 'Brian Eno', '', 'Ambient; Electronic', 'calm; loops', 'en', 5900, 4.2, 'Loops of different lengths that never meet in the same way twice.'],
  ['music', 1977, 'Trans Europa Express', 'Kraftwerk', '', 'Electronic', 'machines; journey', 'de', 6300, 4.3, 'Eine Zugreise, gespielt von Maschinen.'],
  ['music', 1913, 'Le Sacre du printemps', 'Igor Stravinsky', '', 'Classical', 'ritual; spring', 'fr', 6100, 4.4, 'Un rituel païen qui fit scandale à la première.'],
  ['game', 1984, 'Тетрис', 'Алексей Пажитнов', '', 'Puzzle', 'falling; order', 'ru', 12100, 4.4, 'Фигуры падают, ряды исчезают, порядок держится недолго.'],
  ['game', 1993, 'Myst', 'Robyn Miller; Rand Miller', '', 'Puzzle; Adventure', 'island; books; solitude', 'en', 6400, 3.9, 'An island without people, where books are doors.'],
  ['game', 1980, 'Pac-Man', '岩谷徹', '', 'Arcade', 'maze', 'ja', 10800, 4.0, '迷路の中で点を食べ、ゴーストから逃げる。'],
  ['game', 1998, 'Half-Life', 'Valve', '', 'Action; Science fiction', 'laboratory; invasion', 'en', 9500, 4.5, 'An experiment goes wrong on a Tuesday morning, and the way out is long.'],
  ['series', 1959, 'The Twilight Zone', 'Rod Serling', '', 'Science fiction; Fantasy', 'strange; parable', 'en', 7700, 4.6, 'Every week another door into a place where the rules are slightly different.'],
  ['series', 1966, 'Star Trek', 'Gene Roddenberry', 'Leonard Nimoy; William Shatner', 'Science fiction; Adventure', 'space; journey', 'en', 9300, 4.3, 'A ship and its crew among strange new worlds.'],
];

type Good = [title: string, brand: string, category: string, tags: string, popularity: number, price: number, stock: number, description: string];

const GOODS: Good[] = [
  ['Misty Terrace Green', 'Owlbarrow', 'Tea', 'green; spring', 310, 9.8, 42, 'A spring green tea with a scent of fresh peas.'],
  ['Harbour Breakfast Black', 'Owlbarrow', 'Tea', 'black; morning', 520, 6.5, 88, 'A sturdy morning blend that stands up to milk.'],
  ['Smoked Pine Black', 'Owlbarrow', 'Tea', 'black; smoke', 140, 8.9, 0, 'Leaves dried over pine fires.'],
  ['Round Clay Pot', 'Kilnfield', 'Teaware', 'pot; clay', 260, 34, 7, 'Unglazed clay that remembers what was brewed in it.'],
  ['Two Small Cups', 'Kilnfield', 'Teaware', 'cup; clay', 280, 18, 15, 'A pair that fits the hand.'],
];

const list = (text: string) => text.split('; ').filter((part) => part !== '');

export const ITEMS: ItemView[] = ROWS.map(
  ([kind, year, title, creators, people, genres, tags, language, popularity, rating, description], id) => ({
    id,
    key: `sample:${id}`,
    kind,
    title,
    year: { value: year, filled: title === 'ألف ليلة وليلة' },
    creators: list(creators),
    people: list(people),
    genres: list(genres),
    tags: list(tags),
    languages: [language],
    countries: [],
    description,
    popularity: { value: popularity, filled: false },
    rating: { value: rating, filled: kind === 'game' },
    price: null,
    stock: null,
    ids: {}, series: null, number: null, extra: {}, records: 1, same: [], edited: [], cover: null,
  }),
);

/** What a shop sells, on shelves of its own. */
export const SHOP: ItemView[] = GOODS.map(([title, brand, category, tags, popularity, price, stock, description], at) => ({
  id: ROWS.length + at,
  key: `shop:${at}`,
  kind: 'product',
  title,
  year: null,
  creators: [brand],
  people: [],
  genres: [category],
  tags: list(tags),
  languages: [],
  countries: [],
  description,
  popularity: { value: popularity, filled: false },
  rating: null,
  price: { value: price, filled: false },
  stock,
  ids: {}, series: null, number: null, extra: {}, records: 1, same: [], edited: [], cover: null,
}));

/** So many items, made of the few by numbering their titles and turning their years. */
export const many = (n: number): ItemView[] => {
  const few = [...ITEMS, ...SHOP];
  return Array.from({ length: n }, (_, id): ItemView => {
    const item = few[id % few.length]!;
    const round = Math.floor(id / few.length);
    return { ...item, id, key: `many:${id}`, title: round === 0 ? item.title : `${item.title} ${round + 1}`, year: item.year && { ...item.year, value: 1900 + ((item.year.value + 7 * round) % 126) } };
  });
};
